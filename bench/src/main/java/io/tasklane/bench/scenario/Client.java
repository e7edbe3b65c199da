package io.tasklane.bench.scenario;

import io.tasklane.v1.CreateTaskRequest;
import java.util.List;

/** Whether a client can ask again when it gets no answer. */
public enum Client {
  /** It sends a request_id with each create, and so may repeat it. */
  CAREFUL("with request_id"),
  /** It sends none: a create without an answer stays in doubt. */
  CARELESS("without request_id");

  /**
   * Both in turn, each as often before the other as after it: a server that becomes faster or
   * slower meanwhile does so for both.
   */
  public static final List<Client> IN_TURN = List.of(CAREFUL, CARELESS, CARELESS, CAREFUL);

  /** How often each is in {@link #IN_TURN}. */
  public static final int TURNS = 2;

  private final String words;

  Client(String words) {
    this.words = words;
  }

  /** How figures name this client. */
  public String words() {
    return words;
  }

  /**
   * Starts a CreateTask as this client sends it.
   *
   * @param id one that no other create of the run has
   */
  public CreateTaskRequest.Builder request(String id) {
    CreateTaskRequest.Builder request = CreateTaskRequest.newBuilder();
    return this == CAREFUL ? request.setRequestId(id) : request;
  }
}
