using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hotline.Server.Privacy;

/// <summary>One key of the ring. The key itself is never shown.</summary>
internal sealed record MasterKey(Guid Id, DateTimeOffset Created, DateTimeOffset Expires);

/// <summary>
/// The ring of master keys: a folder, in which the server makes itself a new key every 90 days and keeps the old ones,
/// or a mounted file, which it only reads.
/// </summary>
internal sealed class MasterKeys(string path)
{
    private const string Application = "hotline";

    /// <summary>As long as the keys that the folder gets by itself.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public string Path => path;

    /// <summary>A mounted secret. A path that ends in <c>.xml</c> is one even when it is missing, so that no folder is made in its place.</summary>
    public bool IsFile => File.Exists(path) || path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = Repository();
        options.AutoGenerateKeys = !IsFile;
        options.NewKeyLifetime = Lifetime;
    }

    public static IDataProtectionBuilder Add(IServiceCollection services) => services.AddDataProtection().SetApplicationName(Application);

    /// <summary>The ring as it lies on the disk now. The running one is read again only once a day.</summary>
    public IDataProtectionProvider Read() => Services(Configure).GetRequiredService<IDataProtectionProvider>();

    /// <summary>Newest first.</summary>
    /// <exception cref="InvalidOperationException">The ring cannot be read.</exception>
    public IReadOnlyList<MasterKey> All()
    {
        using var services = Services(Configure);
        return [.. services.GetRequiredService<IKeyManager>().GetAllKeys()
            .Where(key => !key.IsRevoked)
            .OrderByDescending(key => key.ActivationDate)
            .Select(key => new MasterKey(key.KeyId, key.CreationDate, key.ExpirationDate))];
    }

    /// <summary>Makes a new key that counts from now on. The older ones stay, for what they have wrapped.</summary>
    /// <exception cref="InvalidOperationException">The ring is a file, or cannot be read.</exception>
    public MasterKey Rotate(DateTimeOffset now)
    {
        using var services = Services(Configure);
        return Make(services, now);
    }

    /// <summary>As <see cref="Rotate"/>, but the whole ring goes to a new file and the one in use stays as it is.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public MasterKey RotateInto(string file, DateTimeOffset now)
    {
        var draft = new Draft(Repository().GetAllElements());
        using var services = Services(options =>
        {
            options.XmlRepository = draft;
            options.AutoGenerateKeys = false;
        });
        var made = Make(services, now);
        SecretFile.Write(file, System.Text.Encoding.UTF8.GetBytes(draft.ToDocument().ToString()));
        return made;
    }

    /// <summary>The whole ring into one new file.</summary>
    /// <exception cref="IOException">The file is there already, or cannot be written.</exception>
    public void SaveTo(string file) =>
        SecretFile.Write(file, System.Text.Encoding.UTF8.GetBytes(new Draft(Repository().GetAllElements()).ToDocument().ToString()));

    /// <summary>Adds the keys that <see cref="SaveTo"/> has written and that are not there. A mounted file must hold them all already.</summary>
    /// <exception cref="InvalidOperationException">A mounted file lacks one, or a ring cannot be read.</exception>
    public void TakeFrom(string file)
    {
        if (IsFile && !File.Exists(path))
        {
            SecretFile.Copy(file, path);
            return;
        }

        var own = Repository().GetAllElements().Select(IdOf).ToHashSet();
        foreach (var element in new KeyRingFile(file).GetAllElements().Where(e => !own.Contains(IdOf(e))))
        {
            if (IsFile)
            {
                throw new InvalidOperationException("Privacy:KeyRing is a mounted file that lacks a master key of the back-up: mount the ring that was in use then");
            }

            Repository().StoreElement(element, $"{element.Name.LocalName}-{IdOf(element)}");
        }
    }

    private static string? IdOf(XElement element) => (string?)element.Attribute("id") ?? (string?)element.Element("revocationDate");

    private static MasterKey Make(IServiceProvider services, DateTimeOffset now)
    {
        var key = services.GetRequiredService<IKeyManager>().CreateNewKey(now, now + Lifetime);
        return new(key.KeyId, key.CreationDate, key.ExpirationDate);
    }

    private static ServiceProvider Services(Action<KeyManagementOptions> configure)
    {
        var services = new ServiceCollection();
        Add(services);
        services.Configure(configure);
        return services.BuildServiceProvider();
    }

    private IXmlRepository Repository() =>
        IsFile ? new KeyRingFile(path) : new DurableKeyRing(Directory.CreateDirectory(path), NullLoggerFactory.Instance);

    private sealed class Draft(IEnumerable<XElement> elements) : IXmlRepository
    {
        private readonly List<XElement> _elements = [.. elements];

        public IReadOnlyCollection<XElement> GetAllElements() => _elements;

        public void StoreElement(XElement element, string friendlyName) => _elements.Add(element);

        public XDocument ToDocument() => new(new XElement(KeyRingFile.Root, _elements.Select(e => new XElement(e))));
    }
}
