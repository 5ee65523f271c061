namespace PostModtag.Infrastructure.Storage;

/// <summary>The revision of the set-up, which every message asks for, and more than once.</summary>
internal interface ISetupRevision
{
    /// <summary>The revision as it is now.</summary>
    Task<long> GetAsync(CancellationToken cancellationToken);

    /// <summary>Is told after each change of the set-up on this node, also after one of which nobody knows whether it was kept.</summary>
    void Changed();
}
