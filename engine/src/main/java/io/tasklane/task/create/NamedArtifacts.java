package io.tasklane.task.create;

import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.artifact.ArtifactGoneException;
import io.tasklane.artifact.ArtifactReference;
import io.tasklane.artifact.ArtifactUses;
import io.tasklane.task.row.NewTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The artifacts that new tasks name, locked until the commit, so that none is removed meanwhile.
 *
 * @param sizes of those that exist, by hash
 */
record NamedArtifacts(Map<String, Long> sizes) {

  static NamedArtifacts lock(Connection connection, List<NewTask> tasks) throws SQLException {
    Set<String> hashes =
        tasks.stream()
            .flatMap(task -> task.spec().input().reference().stream())
            .map(ArtifactReference::sha256)
            .collect(Collectors.toSet());
    return new NamedArtifacts(hashes.isEmpty() ? Map.of() : ArtifactUses.lock(connection, hashes));
  }

  /** The refusal of these tasks, if one of them names an artifact that does not exist. */
  Optional<Refusal> refusal(List<NewTask> command) {
    return command.stream().flatMap(task -> refusal(task).stream()).findFirst();
  }

  private Optional<Refusal> refusal(NewTask task) {
    return task.spec()
        .input()
        .reference()
        .filter(named -> !Long.valueOf(named.sizeBytes()).equals(sizes.get(named.sha256())))
        .map(
            named ->
                Refusal.invalid(
                    RefusalReason.ARTIFACT_UNKNOWN,
                    task.path() + "task.input.reference",
                    new ArtifactGoneException(named).getMessage()));
  }
}
