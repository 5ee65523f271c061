using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PostModtag.Contract.Administration;
using PostModtag.Testing;

namespace PostModtag.Api.Tests;

/// <summary>Calls of the administration as a plain HTTP client makes them, where status, headers or the problem matter.</summary>
internal static class Calls
{
    public static async Task<HttpResponseMessage> CallAsync(
        this TestServer server, string method, string path, string? body = null, string? ifMatch = null, string contentType = "application/json", string? actor = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(contentType) } };

            // A body that is too large is answered before it is sent, as clients that ask first see.
            request.Headers.ExpectContinue = body.Length > 5_000_000;
        }

        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (actor is not null)
            request.Headers.TryAddWithoutValidation("x-Actor", actor);
        return await server.Client.SendAsync(request);
    }

    /// <summary>Sends a rule file.</summary>
    public static Task<HttpResponseMessage> ImportAsync(this TestServer server, string authority, string file, string ifMatch = "*") =>
        server.CallAsync("PUT", $"authorities/{authority}/draft/file", file, ifMatch, "application/yaml");

    /// <summary>The answer is the problem with that code, in the form of the contract.</summary>
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage response, HttpStatusCode status, AdministrationProblemCode code)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            response.StatusCode.ShouldBe(status, text);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            var problem = JsonDocument.Parse(text).RootElement;
            problem.Text("code").ShouldBe(code.ToString());
            problem.Text("type").ShouldBe($"urn:postmodtag:problem:{code}");
            problem.Text("title").ShouldNotBeNullOrWhiteSpace();
            problem.Text("detail").ShouldNotBeNullOrWhiteSpace();
            problem.GetProperty("status").GetInt32().ShouldBe((int)status);
            return problem;
        }
    }

    /// <summary>The typed client's call fails with the problem with that code.</summary>
    public static async Task<AdministrationProblem> ShouldBeProblemAsync(this Func<Task> call, HttpStatusCode status, AdministrationProblemCode code)
    {
        var problem = await Should.ThrowAsync<AdministrationException<AdministrationProblem>>(call);
        (problem.StatusCode, problem.Result.Code).ShouldBe(((int)status, code));
        return problem.Result;
    }

    /// <summary>The places that a problem names.</summary>
    public static IReadOnlyList<string> Places(this JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error => error.Text("place")!)];

    public static string ETag(this HttpResponseMessage response) => response.Headers.ETag!.Tag;

    public static string ETag(this AdministrationResponse response) => response.Headers["ETag"].Single();

    /// <summary>Sends a message, and reads what is known of it then.</summary>
    public static async Task<MessageDetails> ReceiveAsync(this TestServer server, TestMemo memo)
    {
        using var response = await server.PostAsync(memo.ToBytes());
        return (await server.Messages.GetMessageAsync(memo.Uuid)).Result;
    }
}
