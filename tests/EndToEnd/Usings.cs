global using System.Net;
global using System.Text.Json;
global using Shouldly;
global using Worcr.EndToEnd.Running;
global using Worcr.EndToEnd.Speaking;
global using Xunit;
