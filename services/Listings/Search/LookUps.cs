namespace Listings.Search;

/// <summary>How PostgreSQL is to find rows.</summary>
internal static class LookUps
{
    /// <summary>
    /// For SQL, in a transaction or a batch: until it ends each row is looked up by its key, by one process. PostgreSQL would read whole tables for a few rows where its
    /// statistics are behind, as they are while very many are written, or where it cannot reckon how few are asked for.
    /// </summary>
    public const string UseKeys =
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)";
}
