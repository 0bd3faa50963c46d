global using Worcr.Core.Jobs;
