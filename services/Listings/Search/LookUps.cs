namespace Listings.Search;

/// <summary>How PostgreSQL is to find rows.</summary>
internal static class LookUps
{
    /// <summary>
    /// For SQL: until the transaction ends each row is looked up by its key, by one process. While very many are written, or where it cannot be reckoned how many are
    /// asked for, whole tables would be read for a few.
    /// </summary>
    public const string ByKey =
        "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)";
}
