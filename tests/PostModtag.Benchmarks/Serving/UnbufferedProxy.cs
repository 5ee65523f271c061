using System.Diagnostics;
using PostModtag.Testing;

namespace PostModtag.Benchmarks.Serving;

/// <summary>nginx that hands each body on as it comes, on connections that stay open: the least that can stand between two hosts.</summary>
internal sealed class UnbufferedProxy : IDisposable
{
    private readonly string _folder;
    private readonly Process _process;

    private UnbufferedProxy(string folder, Process process) => (_folder, _process) = (folder, process);

    /// <summary>Starts it, and returns it with its address when it takes calls.</summary>
    /// <exception cref="MissingToolException">There is no nginx.</exception>
    public static async Task<(UnbufferedProxy Proxy, Uri Address)> StartAsync(Uri to)
    {
        var program = new[] { "/usr/sbin/nginx", "/usr/bin/nginx" }.FirstOrDefault(File.Exists)
            ?? throw new MissingToolException("nginx is missing: install it (Debian and Ubuntu: apt-get install nginx-light) and try again.");
        var folder = Directory.CreateTempSubdirectory("postmodtag-bench-").FullName;
        int port;
        using (var free = new ClosedPort())
            port = free.Number;
        await File.WriteAllTextAsync(Path.Combine(folder, "nginx.conf"), $$"""
            daemon off;
            worker_processes auto;
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
                client_max_body_size 0;
                keepalive_requests 1000000000;
                upstream fagsystem { server {{to.Authority}}; keepalive 64; keepalive_requests 1000000000; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://fagsystem;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_request_buffering off;
                        proxy_buffering off;
                    }
                }
            }
            """);
        var nginx = new UnbufferedProxy(folder, Process.Start(new ProcessStartInfo(program, ["-p", folder, "-c", $"{folder}/nginx.conf"]) { RedirectStandardError = true })!);
        var address = new Uri($"http://127.0.0.1:{port}");
        await Eventually.BeSoAsync(() => !nginx._process.HasExited && File.Exists(Path.Combine(folder, "pid")) && Listens(address), () => "nginx did not start.");
        return (nginx, address);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static bool Listens(Uri address)
    {
        try
        {
            using var client = new System.Net.Sockets.TcpClient(address.Host, address.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
