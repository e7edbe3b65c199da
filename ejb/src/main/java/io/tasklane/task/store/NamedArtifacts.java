package io.tasklane.task.store;

import io.tasklane.app.Refusal;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactShelf;
import io.tasklane.artifact.store.ArtifactUses;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The artifacts that new tasks name, locked until the commit, so that none is removed meanwhile.
 *
 * @param sizes of those that are there, by hash
 */
record NamedArtifacts(Map<String, Long> sizes) {

  static NamedArtifacts lock(Connection connection, List<List<NewTask>> commands)
      throws SQLException {
    Set<String> hashes =
        commands.stream()
            .flatMap(NamedArtifacts::named)
            .map(ArtifactReference::sha256)
            .collect(Collectors.toSet());
    return new NamedArtifacts(hashes.isEmpty() ? Map.of() : ArtifactUses.lock(connection, hashes));
  }

  /** Why the command must not be written, if it names an artifact that is not there. */
  Optional<Refusal> refusal(List<NewTask> command) {
    return named(command)
        .filter(named -> !Long.valueOf(named.sizeBytes()).equals(sizes.get(named.sha256())))
        .findFirst()
        .map(ArtifactShelf::unknown);
  }

  private static Stream<ArtifactReference> named(List<NewTask> command) {
    return command.stream().flatMap(task -> task.input().reference().stream());
  }
}
