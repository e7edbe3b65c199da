package io.tasklane.launcher.node;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.address.Backbone;
import io.tasklane.launcher.folder.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the application is told, as system properties; MicroProfile Config reads them there.
 *
 * @param name the node's name
 * @param data the data folder
 * @param backbone database and broker
 * @param httpPort where the node serves HTTP
 * @param tradingData the user's own files; empty: the built-in sample
 * @param asOf the day the trading tasks take for today; empty: the data's own
 * @param grace how long handlers may go on when the node is stopped
 */
public record NodeSettings(
    String name,
    DataFolder data,
    Backbone backbone,
    int httpPort,
    Optional<Path> tradingData,
    Optional<LocalDate> asOf,
    Duration grace) {

  /** The file in which the application says that it serves. */
  Path readyFile() {
    return data.run().resolve(name + ".ready");
  }

  /** The file in which the application says what it does to get ready. */
  Path phaseFile() {
    return data.run().resolve(name + ".phase");
  }

  /** All of it; the API's port is apart because a restarted node keeps the one it once had. */
  Map<String, String> properties(int grpcPort) {
    Map<String, String> all = new TreeMap<>();
    all.put("tasklane.node", name);
    all.put("tasklane.data-dir", data.root().toString());
    all.put("tasklane.database.url", backbone.databaseUrl());
    all.put("tasklane.database.user", backbone.databaseUser());
    all.put(
        "tasklane.database.password-file", backbone.passwordFile().map(Path::toString).orElse(""));
    all.put("tasklane.broker.url", backbone.brokerUrl());
    all.put("tasklane.broker.host", backbone.brokerHost()); // these two for the resource adapter
    all.put("tasklane.broker.port", Integer.toString(backbone.brokerPort()));
    all.put("tasklane.grpc.host", Addresses.HOST);
    all.put("tasklane.grpc.port", Integer.toString(grpcPort));
    all.put("tasklane.http.port", Integer.toString(httpPort));
    all.put("tasklane.handlers.stop-grace", grace.toString());
    all.put("tasklane.phase-file", phaseFile().toString());
    all.put("tasklane.ready-file", readyFile().toString());
    all.put("tasklane.trading.source", tradingData.isPresent() ? "files" : "sample");
    all.put("tasklane.trading.folder", tradingData.map(Path::toString).orElse(""));
    all.put("tasklane.trading.as-of", asOf.map(LocalDate::toString).orElse(""));
    return all;
  }
}
