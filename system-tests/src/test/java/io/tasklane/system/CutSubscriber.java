package io.tasklane.system;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.StatusRuntimeException;
import io.tasklane.v1.Event;
import io.tasklane.v1.SubscribeEventsRequest;
import io.tasklane.v1.SubscribeEventsResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * A subscriber that is cut off again and again, now by the network, now by itself, before or after
 * it has handled the message at hand; and each time goes on from the last token it handled.
 */
final class CutSubscriber implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final CutProxy network;
  private final Random random;
  private final Deque<Integer> cutsAt = new ArrayDeque<>();
  private final List<Event> handled = new ArrayList<>();
  private Client client;
  private String token;
  private long lastNews = System.nanoTime();
  private int cuts;

  /**
   * Begins behind this token.
   *
   * @param network to the server
   * @param token the last one it handled
   * @param cuts how often it is cut off
   * @param events how many it will handle
   */
  CutSubscriber(CutProxy network, String token, int cuts, int events, Random random) {
    this.network = network;
    this.token = token;
    this.random = random;
    this.client = new Client(network.address());
    random.ints(cuts, 0, events).sorted().forEach(cutsAt::add);
  }

  /** Everything it handled, in its order, once it has handled so many. */
  List<Event> handle(int events) {
    while (handled.size() < events) {
      CancellableContext call = Context.current().withCancellation();
      try {
        call.run(() -> follow(call, events));
      } catch (StatusRuntimeException cut) {
        // it goes on from its token
      } finally {
        call.cancel(null);
      }
    }
    return List.copyOf(handled);
  }

  /** How often it was cut off. */
  int cuts() {
    return cuts;
  }

  private void follow(CancellableContext call, int events) {
    SubscribeEventsRequest request =
        SubscribeEventsRequest.newBuilder()
            .setFilter(EventTraffic.FILTER)
            .setResumeToken(token)
            .build();
    Iterator<SubscribeEventsResponse> stream = client.events().subscribeEvents(request);
    while (handled.size() < events && stream.hasNext()) {
      SubscribeEventsResponse message = stream.next();
      requireNews(message, events);
      boolean isCut = isDue(message);
      boolean dropsIt = isCut && random.nextBoolean();
      if (!dropsIt) {
        handled.addAll(message.getBatch().getEventsList());
        token = message.getResumeToken();
      }
      if (isCut) {
        cut(call);
        return;
      }
    }
  }

  private void requireNews(SubscribeEventsResponse message, int events) {
    if (message.hasBatch()) {
      lastNews = System.nanoTime();
    }
    if (System.nanoTime() - lastNews > PATIENCE.toNanos()) {
      throw new AssertionError(
          "no event for " + PATIENCE + " after " + handled.size() + " of " + events);
    }
  }

  /** Whether the next cut falls into this message; several that do are made one after another. */
  private boolean isDue(SubscribeEventsResponse message) {
    int end = handled.size() + message.getBatch().getEventsCount();
    if (cutsAt.isEmpty() || cutsAt.peek() > end) {
      return false;
    }
    cutsAt.poll();
    return true;
  }

  private void cut(CancellableContext call) {
    cuts++;
    switch (random.nextInt(3)) {
      case 0 -> network.cut();
      case 1 -> call.cancel(null);
      default -> {
        client.close();
        client = new Client(network.address());
      }
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
