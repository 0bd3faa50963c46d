using Worcr.SiloHost.Api.Resources;

namespace Worcr.SiloHost.Telemetry;

/// <summary>Endpoints as metrics. There are at most 100 of them, and the values of all other labels are fixed.</summary>
internal static class EndpointMetrics
{
    /// <summary>Writes them.</summary>
    public static void Write(MetricText text, string space, IReadOnlyList<EndpointView> endpoints)
    {
        if (endpoints.Count == 0) return;
        text.Begin("worcr_endpoint_state", "gauge", "1 for the state that an endpoint is in");
        foreach (var endpoint in endpoints)
        {
            foreach (var state in Enum.GetValues<EndpointState>())
            {
                text.Sample("worcr_endpoint_state", Labels(space, endpoint, ("state", WireChoices.EndpointState.NameOf(state))), state == endpoint.Figures.State ? 1 : 0);
            }
        }

        Each(text, space, endpoints, "worcr_endpoint_slots", "gauge", "Jobs that an endpoint runs at once, at most", e => e.Slots);
        Each(text, space, endpoints, "worcr_endpoint_in_flight", "gauge", "Jobs that an endpoint has: requests under way, and what it answered 202 to", e => e.Figures.InFlight);
        Each(text, space, endpoints, "worcr_endpoint_rests_total", "counter", "How often an endpoint was sent nothing for a while", e => e.Figures.Rests);
        text.Begin("worcr_endpoint_answers_total", "counter", "How requests to an endpoint ended");
        foreach (var endpoint in endpoints) WriteAnswers(text, space, endpoint);
    }

    private static void WriteAnswers(MetricText text, string space, EndpointView endpoint)
    {
        var answers = endpoint.Figures.Answers;
        One("done", answers.Done);
        One("later", answers.Later);
        One("refused", answers.Refused);
        One("bad", answers.Bad);
        One("timeout", answers.Timeout);
        One("unreachable", answers.Unreachable);

        void One(string outcome, long count) => text.Sample("worcr_endpoint_answers_total", Labels(space, endpoint, ("outcome", outcome)), count);
    }

    private static void Each(MetricText text, string space, IReadOnlyList<EndpointView> endpoints, string name, string type, string help, Func<EndpointView, double> value)
    {
        text.Begin(name, type, help);
        foreach (var endpoint in endpoints) text.Sample(name, MetricText.Labels(("namespace", space), ("endpoint", endpoint.Name)), value(endpoint));
    }

    private static string Labels(string space, EndpointView endpoint, (string Name, string Value) more) => MetricText.Labels(("namespace", space), ("endpoint", endpoint.Name), more);
}
