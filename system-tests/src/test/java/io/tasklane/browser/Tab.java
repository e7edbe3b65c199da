package io.tasklane.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A tab of a browser, and everything that went wrong in it. */
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> BAD_LEVELS = Set.of("error", "assert");

  private final DevTools tools;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  Tab(DevTools tools, int width, int height) {
    this.tools = tools;
    tools.addListener(this::note);
    List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
        .forEach(method -> tools.call(method, new JsonObject()));
    JsonObject size = new JsonObject();
    size.addProperty("width", width);
    size.addProperty("height", height);
    size.addProperty("deviceScaleFactor", 1);
    size.addProperty("mobile", false);
    tools.call("Emulation.setDeviceMetricsOverride", size);
  }

  private void note(JsonObject event) {
    JsonObject told = event.getAsJsonObject("params");
    switch (event.get("method").getAsString()) {
      case "Runtime.exceptionThrown" -> errors.add(told.get("exceptionDetails").toString());
      case "Runtime.consoleAPICalled" -> note(told.get("type").getAsString(), told);
      case "Log.entryAdded" -> note(told.getAsJsonObject("entry").get("level").getAsString(), told);
      default -> {
        // nothing that a person would see in the console
      }
    }
  }

  private void note(String level, JsonObject told) {
    if (BAD_LEVELS.contains(level)) {
      errors.add(told.toString());
    }
  }

  /** What was written to the console as an error, exceptions and refused loads included. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** Shows itself to pages as light or dark. */
  public void colours(String scheme) {
    JsonObject feature = new JsonObject();
    feature.addProperty("name", "prefers-color-scheme");
    feature.addProperty("value", scheme);
    JsonObject media = new JsonObject();
    JsonArray features = new JsonArray();
    features.add(feature);
    media.add("features", features);
    tools.call("Emulation.setEmulatedMedia", media);
  }

  /** Goes to this address. */
  public void go(String address) {
    JsonObject where = new JsonObject();
    where.addProperty("url", address);
    JsonObject result = tools.call("Page.navigate", where);
    if (result.has("errorText")) {
      throw new IllegalStateException(address + ": " + result.get("errorText"));
    }
  }

  /** The value of a JavaScript expression; null where it has none. */
  public JsonElement value(String expression) {
    JsonObject asked = new JsonObject();
    asked.addProperty("expression", expression);
    asked.addProperty("returnByValue", true);
    asked.addProperty("awaitPromise", true);
    JsonObject result = tools.call("Runtime.evaluate", asked);
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    JsonElement value = result.getAsJsonObject("result").get("value");
    return value == null ? JsonNull.INSTANCE : value;
  }

  /** Waits until the expression has this value, and fails where it has not after a minute. */
  public void await(String expression, Object expected) {
    JsonElement wanted =
        expected instanceof Boolean truth
            ? new JsonPrimitive(truth)
            : expected instanceof Number number
                ? new JsonPrimitive(number)
                : new JsonPrimitive(expected.toString());
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonElement seen = value(expression);
    while (!seen.toString().equals(wanted.toString())) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            expression + " is " + seen + " and not " + wanted + "; errors: " + errors);
      }
      sleep();
      seen = value(expression);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** Keeps a picture of it, as PNG. */
  public void picture(Path file) throws IOException {
    JsonObject asked = new JsonObject();
    asked.addProperty("format", "png");
    String data = tools.call("Page.captureScreenshot", asked).get("data").getAsString();
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public void close() {
    tools.close();
  }
}
