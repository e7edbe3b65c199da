package io.tasklane.story;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.process.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the container is told: the same keys that the launcher gives a node.
 *
 * @param around database, broker and folders
 * @param httpPort where the container serves HTTP
 * @param grpcPort where the application serves its API
 */
record NodeFlags(Surroundings around, int httpPort, int grpcPort) {
  /** The system property in which a client of the story finds the API's port. */
  static final String GRPC_PORT = "story.grpc.port";

  /** Flags with free ports. */
  static NodeFlags on(Surroundings around) throws CannotStart {
    return new NodeFlags(around, FreePort.pick(), FreePort.pick());
  }

  /** Sets the system properties that arquillian.xml refers to. */
  void publish() throws IOException {
    System.setProperty("story.payara", BuiltParts.payaraMicro().toString());
    System.setProperty("story.http.port", Integer.toString(httpPort));
    System.setProperty(GRPC_PORT, Integer.toString(grpcPort));
    System.setProperty("story.flags", flags());
    System.setProperty("story.options", options());
  }

  private String flags() {
    return "-Xmx1g -XX:TieredStopAtLevel=1 -Djava.io.tmpdir="
        + around.work()
        + keys().entrySet().stream()
            .map(key -> " -D" + key.getKey() + "=" + key.getValue())
            .collect(Collectors.joining());
  }

  private Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    keys.put("tasklane.node", "story");
    keys.put("tasklane.data-dir", around.data.root().toString());
    keys.put("tasklane.database.url", around.database.url());
    keys.put("tasklane.database.user", around.database.user());
    keys.put("tasklane.database.password-file", around.database.passwordFile().toString());
    keys.put("tasklane.broker.url", around.broker.url());
    keys.put("tasklane.broker.host", "127.0.0.1");
    keys.put("tasklane.broker.port", Integer.toString(around.brokerPort));
    keys.put("tasklane.grpc.host", "127.0.0.1");
    keys.put("tasklane.grpc.port", Integer.toString(grpcPort));
    keys.put("tasklane.http.port", Integer.toString(httpPort));
    keys.put("tasklane.trading.source", "sample");
    return keys;
  }

  private String options() throws IOException {
    Path resourceAdapter = around.work().resolve("deploy-first.asadmin");
    Files.writeString(
        resourceAdapter,
        "deploy --name artemis-ra " + BuiltParts.server().resourceAdapter() + "\n");
    return "--port "
        + httpPort
        + " --prebootcommandfile "
        + BuiltParts.server().conf("node-preboot.asadmin")
        + " --postbootcommandfile "
        + resourceAdapter
        + " --disablephonehome --nohazelcast";
  }
}
