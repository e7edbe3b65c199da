package io.tasklane.web.live;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.tasklane.grpc.error.InvalidRequest;
import io.tasklane.v1.WatchQueueStatsRequest;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;

/** Reads the request out of the query of a WebSocket's address. */
final class WatchQuery {
  /** Kept, because looking one up is slow. */
  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

  private WatchQuery() {}

  /**
   * The request, in whose fields the parameters are read as proto JSON.
   *
   * @throws InvalidRequest where a parameter has not the form of its field
   */
  static WatchQueueStatsRequest read(Map<String, List<String>> parameters) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    if (parameters.containsKey("names")) {
      json.add("names", JSON.createArrayBuilder(parameters.get("names")));
    }
    if (parameters.containsKey("interval")) {
      json.add("interval", parameters.get("interval").get(0));
    }
    WatchQueueStatsRequest.Builder request = WatchQueueStatsRequest.newBuilder();
    try {
      JsonFormat.parser().merge(json.build().toString(), request);
    } catch (InvalidProtocolBufferException malformed) {
      throw InvalidRequest.field("INVALID_FIELD", "interval", "is a duration such as 0.5s");
    }
    return request.build();
  }
}
