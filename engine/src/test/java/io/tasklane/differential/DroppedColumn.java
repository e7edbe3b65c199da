package io.tasklane.differential;

import java.util.List;

/**
 * A column whose writes get lost: a trigger takes the written value away.
 *
 * @param table the table
 * @param column the column
 * @param isUpdate whether updates keep the old value, else inserts write nothing
 * @param nothing SQL of what a row has where nothing is written
 */
record DroppedColumn(String table, String column, boolean isUpdate, String nothing) {
  /** All columns of all tables of the engine, with what "nothing" is for their types. */
  static final String ALL =
      """
      SELECT c.table_name, c.column_name, CASE
          WHEN c.is_nullable = 'YES' THEN 'NULL'
          WHEN c.data_type IN ('smallint', 'integer', 'bigint', 'double precision') THEN '0'
          WHEN c.data_type = 'boolean' THEN 'false'
          WHEN c.data_type = 'timestamp with time zone' THEN '''epoch'''
          ELSE '''''' END AS nothing
      FROM information_schema.columns c
      JOIN pg_class r ON r.relname = c.table_name AND r.relkind IN ('r', 'p')
        AND r.relnamespace = 'public'::regnamespace AND NOT r.relispartition
      WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'flyway%'
      ORDER BY c.table_name, c.ordinal_position""";

  /** How often it has taken a value away. */
  static final String HITS =
      "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM test_clock.hits";

  /** The statements that make a database lose what is written to this column. */
  List<String> spoil() {
    String kept = isUpdate ? "OLD." + column : nothing;
    String body =
        """
        CREATE FUNCTION test_clock.forget() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.%1$s IS DISTINCT FROM %2$s THEN
            PERFORM nextval('test_clock.hits');
            NEW.%1$s := %2$s;
          END IF;
          RETURN NEW;
        END $$""";
    return List.of(
        "CREATE SEQUENCE test_clock.hits",
        body.formatted(column, kept),
        "CREATE TRIGGER forget BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION test_clock.forget()"
            .formatted(isUpdate ? "UPDATE" : "INSERT", table));
  }

  @Override
  public String toString() {
    return table + "." + column + (isUpdate ? " updated" : " inserted");
  }
}
