using Hotline.Server.Privacy;
using Microsoft.AspNetCore.DataProtection;

namespace Hotline.Server.Tests.Privacy;

/// <summary>The real key store over a database in memory, for tests that are not about keys.</summary>
internal static class TestKeys
{
    public static KeyStore InMemory() => new(":memory:", new EphemeralDataProtectionProvider());
}
