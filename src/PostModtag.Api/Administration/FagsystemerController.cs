using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using PostModtag.Api.Http;
using PostModtag.Api.Mapping;
using PostModtag.Application.Access;
using PostModtag.Application.ChangeFagsystem;
using PostModtag.Application.Fagsystemer;
using PostModtag.Application.FindFagsystemer;
using PostModtag.Application.GetFagsystem;
using PostModtag.Application.GetFagsystemConnection;
using PostModtag.Application.Paging;
using PostModtag.Application.RegisterFagsystem;
using PostModtag.Application.RemoveFagsystem;
using PostModtag.Application.RemoveFagsystemCredential;
using PostModtag.Application.SetFagsystemCredential;
using PostModtag.Contract.Administration;

namespace PostModtag.Api.Administration;

/// <summary>The fagsystemer: maps each call to its query or command and back.</summary>
[ApiController]
public sealed class FagsystemerController(IMediator mediator, IMapper mapper) : FagsystemerControllerBase
{
    /// <inheritdoc />
    [Authorize(Permissions.ReadFagsystemer)]
    public override async Task<ActionResult<FagsystemPage>> FindFagsystemer(FagsystemState? state, int? pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var query = new FindFagsystemerQuery { State = state?.To<Domain.Fagsystemer.FagsystemState>(), PageSize = pageSize ?? 50, Cursor = cursor };
        return await mediator.Send(query, cancellationToken) switch
        {
            PageResult<Domain.Fagsystemer.Fagsystem>.Page page => mapper.Map<FagsystemPage>(page),
            var other => new ResultOf(AdministrationProblems.InvalidPage(other)),
        };
    }

    /// <inheritdoc />
    [Authorize(Permissions.WriteFagsystemer)]
    public override async Task<ActionResult<Fagsystem>> RegisterFagsystem(NewFagsystem body, CancellationToken cancellationToken)
    {
        var details = Details(body.Name, body.Owner, body.Kind, body.Rest, body.SystemIds, body.HandOnTo);
        var change = await mediator.Send(new RegisterFagsystemCommand(body.Key, details), cancellationToken);
        return Revisions.Answer(change, made => Created(new Uri($"/fagsystemer/{made.Key}", UriKind.Relative), Show(made)));
    }

    /// <inheritdoc />
    [Authorize(Permissions.ReadFagsystemer)]
    public override async Task<ActionResult<Fagsystem>> GetFagsystem(string key, CancellationToken cancellationToken) =>
        await mediator.Send(new GetFagsystemQuery(key), cancellationToken) is { } fagsystem ? Show(fagsystem) : new ResultOf(AdministrationProblems.NotFound());

    /// <inheritdoc />
    [Authorize(Permissions.WriteFagsystemer)]
    public override async Task<ActionResult<Fagsystem>> ChangeFagsystem(FagsystemChange body, string key, string? if_Match, CancellationToken cancellationToken)
    {
        if (!Revisions.TryReadIfMatch(if_Match, out var expected, out var problem))
            return problem;
        var details = Details(body.Name, body.Owner, body.Kind, body.Rest, body.SystemIds, body.HandOnTo);
        var change = await mediator.Send(new ChangeFagsystemCommand(key, details, body.State.To<Domain.Fagsystemer.FagsystemState>(), expected), cancellationToken);
        return Revisions.Answer(change, made => Ok(Show(made)));
    }

    /// <inheritdoc />
    [Authorize(Permissions.WriteFagsystemer)]
    public override async Task<IActionResult> RemoveFagsystem(string key, string? if_Match, CancellationToken cancellationToken) =>
        Revisions.TryReadIfMatch(if_Match, out var expected, out var problem)
            ? Revisions.Answer(await mediator.Send(new RemoveFagsystemCommand(key, expected), cancellationToken), _ => NoContent())
            : problem;

    /// <inheritdoc />
    [Authorize(Permissions.ReadFagsystemer)]
    public override async Task<ActionResult<FagsystemConnection>> GetFagsystemConnection(string key, CancellationToken cancellationToken) =>
        await mediator.Send(new GetFagsystemConnectionQuery(key), cancellationToken) is { } connection
            ? mapper.Map<FagsystemConnection>(connection)
            : new ResultOf(AdministrationProblems.NotFound());

    /// <inheritdoc />
    [Authorize(Permissions.WriteFagsystemer)]
    public override async Task<IActionResult> SetFagsystemCredential(FagsystemCredential body, string key, CancellationToken cancellationToken)
    {
        var command = new SetFagsystemCredentialCommand { Key = key, Scheme = body.Scheme, Token = body.Token, Pkcs12 = body.Pkcs12, Password = body.Password };
        return Revisions.Answer(await mediator.Send(command, cancellationToken), _ => NoContent());
    }

    /// <inheritdoc />
    [Authorize(Permissions.WriteFagsystemer)]
    public override async Task<IActionResult> RemoveFagsystemCredential(string key, CancellationToken cancellationToken) =>
        Revisions.Answer(await mediator.Send(new RemoveFagsystemCredentialCommand(key), cancellationToken), _ => NoContent());

    private static FagsystemDetails Details(string name, string owner, FagsystemKind kind, RestConnection? rest, IReadOnlyList<string>? systemIds, IReadOnlyList<string>? handOnTo) => new()
    {
        Name = name,
        Owner = owner,
        Kind = kind.To<Domain.Fagsystemer.FagsystemKind>(),
        Rest = rest is null ? null : new Domain.Fagsystemer.RestConnection(rest.Url, rest.TimeoutSeconds ?? 25, rest.MaxConcurrency ?? 8, rest.TrustedCertificates),
        SystemIds = [.. (systemIds ?? []).Select(id => id ?? "")],
        HandOnTo = [.. (handOnTo ?? []).Select(key => key ?? "")],
    };

    private Fagsystem Show(Domain.Fagsystemer.Fagsystem fagsystem)
    {
        Response.SetRevision(fagsystem.Revision);
        return mapper.Map<Fagsystem>(fagsystem);
    }
}
