package io.tasklane.launcher.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.launcher.address.Backbone;
import io.tasklane.launcher.folder.DataFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The application reads exactly these keys; a change here is a change there. */
class NodeSettingsTest {

  private static Map<String, String> properties(Optional<Path> trading, Optional<LocalDate> asOf) {
    return new NodeSettings(
            "node-1",
            new DataFolder(Path.of("/data")),
            new Backbone(
                "jdbc:postgresql://127.0.0.1:5432/tasklane",
                "tasklane",
                Optional.of(Path.of("/data/postgres.password")),
                "127.0.0.1",
                61616),
            8080,
            trading,
            asOf,
            Duration.ofSeconds(7))
        .properties(9090);
  }

  @Test
  void the_application_is_told_its_surroundings_by_these_keys() {
    assertThat(properties(Optional.empty(), Optional.empty()))
        .containsEntry("tasklane.node", "node-1")
        .containsEntry("tasklane.data-dir", "/data")
        .containsEntry("tasklane.database.url", "jdbc:postgresql://127.0.0.1:5432/tasklane")
        .containsEntry("tasklane.database.user", "tasklane")
        .containsEntry("tasklane.database.password-file", "/data/postgres.password")
        .containsEntry("tasklane.broker.url", "tcp://127.0.0.1:61616")
        .containsEntry("tasklane.broker.host", "127.0.0.1")
        .containsEntry("tasklane.broker.port", "61616")
        .containsEntry("tasklane.grpc.host", "127.0.0.1")
        .containsEntry("tasklane.grpc.port", "9090")
        .containsEntry("tasklane.http.port", "8080")
        .containsEntry("tasklane.handlers.stop-grace", "PT7S")
        .containsEntry("tasklane.phase-file", "/data/run/node-1.phase")
        .containsEntry("tasklane.ready-file", "/data/run/node-1.ready")
        .containsEntry("tasklane.trading.source", "sample")
        .containsEntry("tasklane.trading.folder", "")
        .containsEntry("tasklane.trading.as-of", "");
  }

  @Test
  void own_files_replace_the_sample() {
    assertThat(properties(Optional.of(Path.of("/mine")), Optional.of(LocalDate.of(2026, 3, 2))))
        .containsEntry("tasklane.trading.source", "files")
        .containsEntry("tasklane.trading.folder", "/mine")
        .containsEntry("tasklane.trading.as-of", "2026-03-02");
  }
}
