using System.Text;

namespace PostModtag.Application;

/// <summary>
/// Describes an exception for the log without its message, which may quote a field of the message: XML, Base64 and
/// database errors do.
/// </summary>
internal static class ExceptionDescription
{
    /// <summary>The types of the exception and of those inside it, with the outermost's stack.</summary>
    public static string Of(Exception exception)
    {
        var text = new StringBuilder();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            text.Append(text.Length == 0 ? "" : " <- ").Append(inner.GetType().FullName);
        return text.AppendLine().Append(exception.StackTrace).ToString();
    }
}
