package io.tasklane.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.database.Parameters;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * A request with a request_id: executed once, however often it is sent.
 *
 * @param id the client's request_id
 * @param key its row in the request log
 * @param bodyHash by which another request under the same id is recognised
 * @param encoder turns the result into the bytes to keep
 * @param <R> the result
 */
public record IdempotentRequest<R>(
    String id, UUID key, byte[] bodyHash, Function<R, byte[]> encoder) {
  /**
   * The CTEs {@code request}, the row to keep, and {@code asked}, the row that is kept already. See
   * {@link #bind}.
   */
  public static final String FIND_ANSWER =
      """
      request AS MATERIALIZED (
        SELECT :request::uuid AS key, :body_hash::bytea AS body_hash,
            :response::bytea AS response),
      asked AS MATERIALIZED (
        SELECT %s FROM request_log l WHERE l.key = (SELECT key FROM request))"""
          .formatted(KeptAnswer.COLUMNS);

  /**
   * The CTE that keeps the answer with what was generated for the one row of a CTE {@code created}.
   * Where another transaction has just kept one under this key it violates the primary key.
   */
  public static final String KEEP_ANSWER =
      """
      kept AS (
        INSERT INTO request_log (key, create_time, revision, body_hash, response)
        SELECT r.key, c.create_time, c.revision, r.body_hash, r.response
        FROM request r, created c)""";

  /** The request of a change; empty where it has no request_id. */
  public static <R> Optional<IdempotentRequest<R>> of(Change<R> change) {
    return change
        .requestId()
        .map(
            id ->
                new IdempotentRequest<>(id, key(change, id), change.bodyHash(), change.encoder()));
  }

  /** The first 16 bytes of SHA-256 over the parts of the key, each after its length. */
  private static UUID key(Change<?> change, String id) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      add(hash, change.caller().principal());
      add(hash, change.method());
      add(hash, id);
      ByteBuffer digest = ByteBuffer.wrap(hash.digest());
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static void add(MessageDigest hash, String part) {
    byte[] bytes = part.getBytes(UTF_8);
    hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    hash.update(bytes);
  }

  /**
   * Binds {@link #FIND_ANSWER}.
   *
   * @param done the expected result, without what PostgreSQL generates
   */
  public void bind(Parameters parameters, R done) throws SQLException {
    parameters.set("request", key).set("body_hash", bodyHash).set("response", encoder.apply(done));
  }

  /** The outcome of a request that was answered before, from the columns of {@code asked}. */
  public Optional<Outcome<R>> repeated(ResultSet row) throws SQLException {
    return KeptAnswer.read(row).map(Outcome::repeated);
  }

  boolean isSameAs(KeptAnswer kept) {
    return Arrays.equals(kept.bodyHash(), bodyHash);
  }

  /**
   * The first answer to this request.
   *
   * @throws Refusal REQUEST_ID_REUSED if that answered another request
   */
  Answer<R> answer(KeptAnswer kept) {
    if (!isSameAs(kept)) {
      throw Refusal.invalid(
          RefusalReason.REQUEST_ID_REUSED,
          "request_id",
          "request_id \"" + id + "\" was used for another request within 24 h; use a new one");
    }
    return new Answer.Stored<>(kept.response(), kept.generated());
  }
}
