using FluentValidation.Results;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using PostModtag.Application;

namespace PostModtag.Api.Access;

/// <summary>
/// Who may come in, as the settings say now: callers and API keys are read again when the settings change. Settings that are wrong
/// change nothing, and are logged.
/// </summary>
internal sealed partial class AccessList : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ILogger<AccessList> _log;
    private readonly IDisposable _reloads;
    private volatile AccessEntries _now;
    private volatile bool _isOn;

    public AccessList(IOptions<PostModtagOptions> options, IConfiguration configuration, ILogger<AccessList> log)
    {
        (_configuration, _log) = (configuration, log);
        (_now, _isOn) = (new AccessEntries(options.Value), options.Value.IsSignInOn);
        _reloads = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
    }

    /// <summary>Whether callers must say who they are. Once they must, they must until the server is started anew, whoever is taken off the list.</summary>
    public bool IsOn => _isOn;

    /// <summary>Who may come in now.</summary>
    public AccessEntries Now => _now;

    /// <inheritdoc />
    public void Dispose() => _reloads.Dispose();

    private void Reload()
    {
        try
        {
            var options = _configuration.GetSection(PostModtagOptions.Section).Get<PostModtagOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new PostModtagOptions();
            if (new PostModtagOptionsValidator().Validate(options) is { IsValid: false } wrong)
            {
                NotReloaded(_log, Sentences(wrong));
                return;
            }

            // In this order: whoever finds sign-in on finds those who may come in.
            _now = new AccessEntries(options);
            _isOn |= options.IsSignInOn;
            Reloaded(_log, options.Callers.Count, options.ApiKeys.Count);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            NotReloaded(_log, exception.GetType().Name);
        }
    }

    private static string Sentences(ValidationResult wrong) => string.Join(' ', wrong.Errors.Select(error => error.ErrorMessage));

    [LoggerMessage(301, LogLevel.Information, "The settings were read again: {Callers} callers, {ApiKeys} API keys")]
    private static partial void Reloaded(ILogger log, int callers, int apiKeys);

    [LoggerMessage(302, LogLevel.Error, "The settings have changed and are wrong; who gets in stays as it was. {Why}")]
    private static partial void NotReloaded(ILogger log, string why);
}
