using System.Globalization;
using System.Text;

namespace Worcr.SiloHost.Commands.Work;

/// <summary>The <c>WORCR_*</c> variables of one job's program. Checkpoints too long for a variable are in a file instead.</summary>
public sealed class ExecEnvironment : IDisposable
{
    private const int MaxVariableBytes = 96 * 1024;

    private readonly string? _checkpointsFile;
    private readonly List<KeyValuePair<string, string>> _variables = [];

    /// <summary>Makes the variables.</summary>
    public ExecEnvironment(ExecJob job, Uri url)
    {
        Add("WORCR_JOB_ID", job.Id);
        Add("WORCR_TYPE", job.Type);
        Add("WORCR_TENANT", job.Tenant);
        Add("WORCR_TAGS", string.Join(',', job.Tags));
        Add("WORCR_ATTEMPT", job.Attempt.ToString(CultureInfo.InvariantCulture));
        Add("WORCR_LEASE", job.Lease);
        Add("WORCR_URL", url.ToString().TrimEnd('/'));
        if (Encoding.UTF8.GetByteCount(job.Checkpoints) <= MaxVariableBytes)
        {
            Add("WORCR_CHECKPOINTS", job.Checkpoints);
            return;
        }

        _checkpointsFile = Path.GetTempFileName();
        File.WriteAllText(_checkpointsFile, job.Checkpoints);
        Add("WORCR_CHECKPOINTS_FILE", _checkpointsFile);
    }

    /// <summary>Names and values.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Variables => _variables;

    /// <inheritdoc />
    public void Dispose()
    {
        if (_checkpointsFile is not null) File.Delete(_checkpointsFile);
    }

    private void Add(string name, string value) => _variables.Add(new(name, value));
}
