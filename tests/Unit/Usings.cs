global using Shouldly;
global using Worcr.Core.Jobs;
global using Xunit;
