global using Worcr.Core.Jobs;
global using Worcr.Grains;
global using Worcr.Store;
global using Worcr.Testing.Model;
