using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using PostModtag.Api.Http;
using PostModtag.Application.Administration;

namespace PostModtag.Api.Administration;

/// <summary>Revisions as ETags: what a caller has read, and what it wants to be there still.</summary>
internal static class Revisions
{
    /// <summary>Says in the answer which revision it is.</summary>
    public static void SetRevision(this HttpResponse response, long revision) => response.Headers.ETag = $"\"{revision}\"";

    /// <summary>Reads If-Match; with none, says that it is required.</summary>
    public static bool TryReadIfMatch(string? ifMatch, out ExpectedRevision expected, out ResultOf problem)
    {
        expected = ExpectedRevision.Any;
        problem = null!;
        if (string.IsNullOrWhiteSpace(ifMatch))
        {
            problem = new ResultOf(AdministrationProblems.PreconditionRequired());
            return false;
        }

        // What cannot be read is nothing that was given out, so it matches nothing.
        var tags = EntityTagHeaderValue.TryParseList([ifMatch], out var parsed) ? parsed : [];
        if (!tags.Contains(EntityTagHeaderValue.Any))
            expected = ExpectedRevision.OneOf([.. tags.Where(tag => !tag.IsWeak).Select(tag => long.TryParse(tag.Tag.AsSpan().Trim('"'), out var revision) ? revision : -1)]);
        return true;
    }

    /// <summary>What a change ended as, as an answer.</summary>
    public static ActionResult Answer<T>(Change<T> change, Func<T, ActionResult> done) => change switch
    {
        Change<T>.Done made => done(made.Value),
        Change<T>.NotFound => new ResultOf(AdministrationProblems.NotFound()),
        Change<T>.Stale => new ResultOf(AdministrationProblems.PreconditionFailed()),
        Change<T>.Invalid invalid => new ResultOf(AdministrationProblems.InvalidBody(invalid.Faults)),
        Change<T>.Refused refused => new ResultOf(AdministrationProblems.Refused(refused.Reason, refused.Detail, refused.Findings)),
        _ => throw new InvalidOperationException($"{change.GetType()} is no outcome of a change."),
    };
}
