using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Worcr.Testing.Tls;

/// <summary>A certificate authority that nobody knows but the test that made it.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly OidCollection ServerAuthentication = [new Oid("1.3.6.1.5.5.7.3.1")];
    private static readonly OidCollection ClientAuthentication = [new Oid("1.3.6.1.5.5.7.3.2")];

    private readonly X509Certificate2 _root;

    /// <summary>A new one.</summary>
    public TestAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Worcr test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-30), DateTimeOffset.UtcNow.AddDays(30));
    }

    /// <summary>Its certificate, as PEM.</summary>
    public string Pem => _root.ExportCertificatePem();

    /// <summary>A server's certificate, with its key.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="days">For how many days from now it is good; less than 0: it was until then.</param>
    /// <param name="forServers">Whether it is made for servers, and not for clients.</param>
    public X509Certificate2 Issue(string name = "localhost", int days = 10, bool forServers = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(forServers ? ServerAuthentication : ClientAuthentication, critical: true));
        using var bare = request.Create(_root, DateTimeOffset.UtcNow.AddDays(-20), DateTimeOffset.UtcNow.AddDays(days), RandomNumberGenerator.GetBytes(8));
        using var whole = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <inheritdoc />
    public void Dispose() => _root.Dispose();
}
