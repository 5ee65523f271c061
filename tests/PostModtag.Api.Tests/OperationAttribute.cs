namespace PostModtag.Api.Tests;

/// <summary>The tests of a class are of this operation of a contract. An architecture test finds operations without one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class OperationAttribute(string operationId) : Attribute
{
    public string OperationId { get; } = operationId;
}
