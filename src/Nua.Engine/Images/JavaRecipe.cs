namespace Nua.Engine.Images;

/// <summary>The distribution's OpenJDK: one image to run programs, and one to build them with Maven.</summary>
public static class JavaRecipe
{
    /// <summary>Installing it fails without this folder, which bases leave out with the manual pages.</summary>
    private static readonly KeyValuePair<string, string> ManualFolder = new("/usr/share/man/man1/.keep", "");

    private const string MavenScript =
        """
        #!/bin/sh
        # Maven, keeping downloads where builds keep them, and trusting whom the build trusts: Java reads no bundle of
        # certificates, so it gets a store of them.
        set -e
        if [ -r "${SSL_CERT_FILE:-}" ]; then
            java /usr/local/share/nua/TrustStore.java "$SSL_CERT_FILE" /tmp/authorities.jks
            export MAVEN_OPTS="-Djavax.net.ssl.trustStore=/tmp/authorities.jks ${MAVEN_OPTS:-}"
        fi
        exec /usr/bin/mvn -Dmaven.repo.local=/nua/.cache/maven -Dstyle.color=never "$@"

        """;

    private const string TrustStore =
        """
        import java.io.FileInputStream;
        import java.io.FileOutputStream;
        import java.security.KeyStore;
        import java.security.cert.CertificateFactory;

        class TrustStore {
            public static void main(String[] files) throws Exception {
                var store = KeyStore.getInstance("JKS");
                store.load(null, null);
                try (var bundle = new FileInputStream(files[0]); var out = new FileOutputStream(files[1])) {
                    for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
                        store.setCertificateEntry("authority-" + store.size(), certificate);
                    }
                    store.store(out, "changeit".toCharArray());
                }
            }
        }

        """;

    // A build may leave several: those it depends on, sources, and the program with and without what it depends on.
    private const string TakeArchiveScript =
        """
        #!/bin/sh
        # Copies the executable archive that Maven left to the place that is given: the largest, if it left several of one program.
        set -e
        runs() { unzip -p "$1" META-INF/MANIFEST.MF 2>/dev/null | grep -q '^Main-Class:'; }
        found=$(find . -regex '.*/target/[^/]*\.[jw]ar' -printf '%s %p\n' | sort -rn | cut -d' ' -f2- | while read -r archive; do
            if runs "$archive"; then echo "$archive"; fi
        done)
        if [ "$(echo "$found" | sed 's|/[^/]*$||' | sort -u | wc -l)" != 1 ] || [ -z "$found" ]; then
            echo "nua: of the archives that Maven made, one module's must have a Main-Class; these have: $(echo ${found:-none})" >&2
            exit 1
        fi
        cp "$(echo "$found" | head -n 1)" "$1"

        """;

    /// <summary>What runs a program.</summary>
    /// <param name="version">Such as <c>21</c>, where the distribution has several; <see langword="null"/>: the one it takes by itself.</param>
    public static ImageRecipe Runtime(string? version = null) => new()
    {
        Name = "java",
        Version = version ?? "default",
        Packages = ["ca-certificates", $"{Prefix(version)}-jre-headless"],
        Files = new Dictionary<string, string>([ManualFolder]),
    };

    /// <summary>What builds one.</summary>
    /// <param name="version">As for <see cref="Runtime"/>.</param>
    public static ImageRecipe Tools(string? version = null) => new()
    {
        Name = "maven",
        Version = version is null ? "default" : $"java-{version}",
        Packages = ["ca-certificates", $"{Prefix(version)}-jdk-headless", "maven", "unzip"],
        Files = new Dictionary<string, string>([ManualFolder])
        {
            ["/usr/local/bin/mvn"] = MavenScript,
            ["/usr/local/bin/take-archive"] = TakeArchiveScript,
            ["/usr/local/share/nua/TrustStore.java"] = TrustStore,
        },
    };

    private static string Prefix(string? version) => version is null ? "default" : $"openjdk-{version}";
}
