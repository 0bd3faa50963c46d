using System.Runtime.InteropServices;

namespace Worcr.EndToEnd.Running;

/// <summary>
/// The disk of a silo's store, which a test fills and clears. SQLite: no file of the process may be written any more, which the kernel says where a disk would say that it is full.
/// PostgreSQL: every statement that writes fails with the server's own code for a full disk.
/// </summary>
internal sealed class Disk(StoreKind store, string url)
{
    private const int FileSize = 1;

    private const string Full = """
        create function public.refuse() returns trigger language plpgsql as $$ begin
          raise exception 'could not extend file "base/1/1": No space left on device' using errcode = 'disk_full';
        end $$;
        do $$ declare t text; begin
          for t in select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'worcr' and tablename !~ '_[0-9]+$' loop
            execute format('create trigger full_disk before insert or update or delete on %s for each statement execute function public.refuse()', t);
          end loop;
        end $$;
        """;

    private const string Free = "drop function public.refuse() cascade";

    /// <summary>A silo over such a disk: the signal that comes with a refused write would end the process.</summary>
    public SiloSpec Spec => new() { DatabaseUrl = url, Through = store == StoreKind.Sqlite ? ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "--"] : [] };

    public Task FillAsync(Silo silo) => SetAsync(silo, 0, Full);

    public Task ClearAsync(Silo silo) => SetAsync(silo, ulong.MaxValue, Free);

    private async Task SetAsync(Silo silo, ulong bytes, string sql)
    {
        if (store == StoreKind.Postgres)
        {
            await Databases.ExecuteAsync(url, sql);
            return;
        }

        ulong[] limits = [bytes, ulong.MaxValue];
        if (prlimit(silo.Id, FileSize, limits, 0) != 0) throw new InvalidOperationException($"the limit of process {silo.Id} could not be set: error {Marshal.GetLastPInvokeError()}");
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int prlimit(int pid, int resource, ulong[] limits, nint former);
}
