using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace PostModtag.Testing;

/// <summary>A real nginx before several nodes, with the configuration that docs/examples/nginx.conf shows.</summary>
public sealed partial class Nginx : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private Nginx(Process process, string folder) => (_process, _folder) = (process, folder);

    private string Socket => Path.Combine(_folder, "socket");

    /// <summary>Starts it before these nodes, and returns when it takes calls.</summary>
    public static async Task<Nginx> StartAsync(IReadOnlyList<Uri> nodes)
    {
        var folder = Directory.CreateTempSubdirectory("postmodtag-nginx-").FullName;
        var next = 0;
        var configuration = await File.ReadAllTextAsync(Repository.PathOf("docs", "examples", "nginx.conf"));
        configuration = Server().Replace(configuration, _ => $"server {nodes[next++].Authority} ");
        if (next != nodes.Count)
            throw new InvalidOperationException($"docs/examples/nginx.conf has {next} nodes, and not {nodes.Count}.");
        configuration = configuration.Replace("listen 8080;", $"listen unix:{folder}/socket;", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            events { worker_connections 1024; }
            http {
                access_log off;
                client_body_temp_path {{folder}}/body;
                proxy_temp_path {{folder}}/proxy;
                fastcgi_temp_path {{folder}}/fastcgi;
                uwsgi_temp_path {{folder}}/uwsgi;
                scgi_temp_path {{folder}}/scgi;
            {{configuration}}
            }
            """);
        var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
        var nginx = new Nginx(Process.Start(new ProcessStartInfo(program, ["-p", folder, "-c", $"{folder}/nginx.conf"]) { RedirectStandardError = true })!, folder);
        while (!File.Exists(nginx.Socket))
        {
            if (nginx._process.HasExited)
                throw new InvalidOperationException(await nginx._process.StandardError.ReadToEndAsync());
            await Task.Delay(20);
        }

        return nginx;
    }

    /// <summary>A client of what stands behind it, with connections of its own.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://postmodtag.example"),
    };

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"server node\d\.example:5606 ")]
    private static partial Regex Server();
}
