using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Worcr.SiloHost.Outgoing;

/// <summary>
/// Authorities that operators trust beside those of the system, for the certificates of endpoints. Nothing else is let off: the name, the dates, the purpose and every
/// signature have to be right.
/// </summary>
internal sealed class TrustedAuthorities
{
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection _roots;

    private TrustedAuthorities(X509Certificate2Collection roots) => _roots = roots;

    /// <summary>The certificates of a PEM file.</summary>
    public static TrustedAuthorities Load(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return new TrustedAuthorities(roots);
    }

    /// <summary>What is wrong with a PEM file, or null.</summary>
    public static string? Check(string file)
    {
        try
        {
            return Load(file)._roots.Count == 0 ? $"{file} holds no certificate (PEM)." : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return $"{file} cannot be read as certificates (PEM): {error.Message}";
        }
    }

    /// <summary>Whether a server's certificate is good.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_roots);
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // as for those that the system trusts
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (sent is not null) chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        return chain.Build(server);
    }
}
