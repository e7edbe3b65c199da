package io.tasklane.client;

import static io.tasklane.client.TasklaneClient.requestId;
import static io.tasklane.client.TasklaneClient.within;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.v1.DeleteFactRequest;
import io.tasklane.v1.Fact;
import io.tasklane.v1.FactServiceGrpc;
import io.tasklane.v1.GetFactRequest;
import io.tasklane.v1.SetFactRequest;
import java.time.Instant;

/** Named JSON values that conditions read as facts.NAME. */
public final class Facts {
  private static final Gson GSON = new Gson();
  private final Connection connection;
  private final FactServiceGrpc.FactServiceBlockingStub service;

  Facts(Connection connection) {
    this.connection = connection;
    service = FactServiceGrpc.newBlockingStub(connection.channel());
  }

  /** Sets a fact for ever. */
  public void set(String name, Object value) {
    set(fact(name, value));
  }

  /** Sets a fact that is absent for every reader from a time on. */
  public void set(String name, Object value, Instant expireTime) {
    Timestamp time =
        Timestamp.newBuilder()
            .setSeconds(expireTime.getEpochSecond())
            .setNanos(expireTime.getNano())
            .build();
    set(fact(name, value).setExpireTime(time));
  }

  private void set(Fact.Builder fact) {
    SetFactRequest request =
        SetFactRequest.newBuilder().setRequestId(requestId()).setFact(fact).build();
    connection.call(left -> within(service, left).setFact(request));
  }

  /**
   * A fact of the contract.
   *
   * @throws IllegalArgumentException if JSON cannot express the value
   */
  public static Fact.Builder fact(String name, Object value) {
    Fact.Builder fact = Fact.newBuilder().setName(name(name));
    try {
      JsonFormat.parser().merge(GSON.toJson(value), fact.getValueBuilder());
      return fact;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(value + " is nothing that JSON can express", e);
    }
  }

  /**
   * The value of a fact.
   *
   * @throws TasklaneException with reason FACT_NOT_FOUND where there is none
   */
  public JsonElement get(String name) {
    GetFactRequest request = GetFactRequest.newBuilder().setName(name(name)).build();
    Value value =
        connection.call(left -> within(service, left).getFact(request)).getFact().getValue();
    try {
      return JsonParser.parseString(JsonFormat.printer().print(value));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a fact is JSON", e);
    }
  }

  /**
   * Deletes a fact.
   *
   * @throws TasklaneException with reason FACT_NOT_FOUND where there is none
   */
  public void delete(String name) {
    DeleteFactRequest request =
        DeleteFactRequest.newBuilder().setRequestId(requestId()).setName(name(name)).build();
    connection.call(left -> within(service, left).deleteFact(request));
  }

  private static String name(String name) {
    return name.startsWith("facts/") ? name : "facts/" + name;
  }
}
