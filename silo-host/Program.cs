using Worcr.SiloHost.Commands;

return await WorcrCli.RunAsync(args, CommandIo.OfProcess());
