global using Worcr.Core.Jobs;
global using Worcr.Store;
