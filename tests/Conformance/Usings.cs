global using Shouldly;
global using Worcr.Core.Jobs;
global using Worcr.Store;
global using Xunit;
