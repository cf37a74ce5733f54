using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Expressions.Internal;

namespace Npgsql.NetTopologySuite;

internal sealed class GeometryMethodTranslatorPlugin(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMethodCallTranslatorPlugin
{
    public IEnumerable<IMethodCallTranslator> Translators { get; } = [new GeometryMethodTranslator(sql, types)];
}

/// <summary>Turns the geometry methods a query may call into PostGIS functions that its indexes know.</summary>
internal sealed class GeometryMethodTranslator(ISqlExpressionFactory sql, IRelationalTypeMappingSource types) : IMethodCallTranslator
{
    public SqlExpression? Translate(
        SqlExpression? instance, MethodInfo method, IReadOnlyList<SqlExpression> arguments, IDiagnosticsLogger<DbLoggerCategory.Query> logger)
    {
        if (method.DeclaringType == typeof(NpgsqlNetTopologySuiteDbFunctionsExtensions))
            return NearestFirst(arguments[1], arguments[2]);

        if (instance is null || !typeof(Geometry).IsAssignableFrom(method.DeclaringType))
            return null;

        return method.Name switch
        {
            nameof(Geometry.Distance) => Call("ST_Distance", typeof(double), [instance, .. arguments]),
            nameof(Geometry.IsWithinDistance) => Call("ST_DWithin", typeof(bool), [instance, .. arguments]),
            nameof(Geometry.Covers) => Call("ST_Covers", typeof(bool), [instance, .. arguments]),
            nameof(Geometry.Intersects) => Call("ST_Intersects", typeof(bool), [instance, .. arguments]),
            _ => null,
        };
    }

    private SqlExpression Call(string function, Type result, SqlExpression[] operands) =>
        sql.Function(function, OfOneType(operands), nullable: true, [.. operands.Select(_ => true)], result);

    private PgUnknownBinaryExpression NearestFirst(SqlExpression from, SqlExpression to)
    {
        var operands = OfOneType([from, to]);
        return new PgUnknownBinaryExpression(operands[0], operands[1], "<->", typeof(double), types.FindMapping(typeof(double)));
    }

    /// <summary>A parameter takes the type of the column it meets: geography with geometry would be planar, in degrees and without an index.</summary>
    private SqlExpression[] OfOneType(SqlExpression[] operands)
    {
        var storeType = operands.First(o => o.TypeMapping is not null && typeof(Geometry).IsAssignableFrom(o.Type)).TypeMapping!.StoreType;
        return [.. operands.Select(operand => sql.ApplyTypeMapping(
            operand, typeof(Geometry).IsAssignableFrom(operand.Type) ? types.FindMapping(operand.Type, storeType) : types.FindMapping(operand.Type))!)];
    }
}
