package io.tasklane.browser;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A conversation in the DevTools protocol: commands that are answered, and events. */
final class DevTools implements WebSocket.Listener, AutoCloseable {
  private static final long ANSWER_SECONDS = 60;

  private final Map<Integer, CompletableFuture<JsonObject>> asked = new ConcurrentHashMap<>();
  private final List<Consumer<JsonObject>> listeners = new CopyOnWriteArrayList<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  private DevTools() {}

  static DevTools connect(HttpClient http, URI address) {
    DevTools tools = new DevTools();
    tools.socket = http.newWebSocketBuilder().buildAsync(address, tools).join();
    return tools;
  }

  /** Is told every event, as {"method": ..., "params": ...}. */
  void addListener(Consumer<JsonObject> listener) {
    listeners.add(listener);
  }

  /** Sends a command and waits for its result. */
  synchronized JsonObject call(String method, JsonObject parameters) {
    JsonObject command = new JsonObject();
    int id = ids.incrementAndGet();
    command.addProperty("id", id);
    command.addProperty("method", method);
    command.add("params", parameters);
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    asked.put(id, answer);
    socket.sendText(command.toString(), true).join();
    JsonObject came = answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
    if (came.has("error")) {
      throw new IllegalStateException(method + ": " + came.get("error"));
    }
    return came.getAsJsonObject("result");
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
    partial.append(text);
    if (last) {
      JsonObject message = JsonParser.parseString(partial.toString()).getAsJsonObject();
      partial.setLength(0);
      if (message.has("id")) {
        asked.remove(message.get("id").getAsInt()).complete(message);
      } else {
        listeners.forEach(listener -> listener.accept(message));
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
