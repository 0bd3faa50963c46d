using Worcr.ApiBench;

// Worcr.ApiBench [seconds]: what one round of each measurement takes. Run it in Release.
var seconds = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 4;
ParserBench.Run(TimeSpan.FromSeconds(seconds));
await HttpBench.RunAsync(TimeSpan.FromSeconds(seconds));
