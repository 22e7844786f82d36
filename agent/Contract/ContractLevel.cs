namespace BorderInfo.Contract;

/// <summary>Which words server and agent understand. A server goes on speaking to older agents.</summary>
/// <remarks>
/// 1 (2026-11-21): plans with rules, outputs and parts; state, health, event, play, answer; ack, command, pulse; enrolment.
/// </remarks>
public static class ContractLevel
{
    public const int Current = 1;
}
