using Worcr.Client;

namespace Worcr.EndToEnd.Workers;

/// <summary>Squares a number.</summary>
internal sealed class SquareHandler : IJobHandler<NumberArgs, NumberResult>
{
    public ValueTask<NumberResult> HandleAsync(NumberArgs args, JobContext context) => ValueTask.FromResult(new NumberResult(args.N * args.N));
}
