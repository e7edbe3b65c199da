package io.tasklane.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL whose parameters have names, as {@code :task}, so that texts can be put together of pieces
 * without counting question marks. A name may stand several times; all have the same value.
 */
public final class NamedSql {
  /** Literals and comments are passed over; so are casts, which have two colons. */
  private static final Pattern TOKEN =
      Pattern.compile("'[^']*'|--[^\n]*|::|:(?<name>[a-z][a-z0-9_]*)");

  /** By their texts, of which the code has a limited number. */
  private static final Map<String, NamedSql> PARSED = new ConcurrentHashMap<>();

  private final String text;
  private final Map<String, int[]> places;

  private NamedSql(String text, Map<String, int[]> places) {
    this.text = text;
    this.places = places;
  }

  /** Prepares a statement of the code, parsed once, whose parameters are to be bound. */
  public static Parameters on(Connection connection, String sql) throws SQLException {
    NamedSql known = PARSED.get(sql);
    NamedSql parsed = known == null ? PARSED.computeIfAbsent(sql, NamedSql::of) : known;
    return parsed.on(connection);
  }

  /** Prepares this statement, whose parameters are to be bound. */
  public Parameters on(Connection connection) throws SQLException {
    return of(prepare(connection));
  }

  /** Parses SQL; a parsed text may be used by many threads. */
  public static NamedSql of(String sql) {
    Map<String, int[]> places = new HashMap<>();
    StringBuilder text = new StringBuilder();
    Matcher token = TOKEN.matcher(sql);
    int index = 0;
    while (token.find()) {
      String name = token.group("name");
      if (name != null) {
        token.appendReplacement(text, "?");
        places.merge(name, new int[] {++index}, NamedSql::joined);
      }
    }
    token.appendTail(text);
    return new NamedSql(text.toString(), places);
  }

  private static int[] joined(int[] some, int[] more) {
    int[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /** The SQL as JDBC takes it, with question marks. */
  public String text() {
    return text;
  }

  /** A statement whose parameters are not bound yet. */
  public PreparedStatement prepare(Connection connection) throws SQLException {
    return connection.prepareStatement(text);
  }

  /** The parameters of a statement with this text. */
  public Parameters of(PreparedStatement statement) {
    return new Parameters(statement, this);
  }

  int[] places(String name) {
    int[] all = places.get(name);
    if (all == null) {
      throw new IllegalArgumentException("no parameter :" + name + " among " + places.keySet());
    }
    return all;
  }
}
