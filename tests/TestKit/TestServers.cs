namespace TestKit;

/// <summary>Where the tests' PostgreSQL and RabbitMQ are; <c>./deploy/test</c> starts them and says so in the environment.</summary>
public static class TestServers
{
    public static string DatabaseUrl => Get("TEST_DATABASE_URL");

    public static string AmqpUrl => Get("TEST_AMQP_URL");

    public static string RabbitManagementUrl => Get("TEST_RABBITMQ_MANAGEMENT_URL");

    private static string Get(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} is not set: run the tests by ./deploy/test, or start its servers first.");
}
