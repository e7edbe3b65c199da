package io.tasklane.bench.server;

import io.tasklane.bench.faults.TemporaryTree;
import io.tasklane.bench.faults.cluster.Cluster;
import io.tasklane.bench.faults.cluster.ClusterNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Several nodes of one system in a temporary folder, gone when it is closed. */
public final class OwnNodes implements Target {
  private final Path folder;
  private final Cluster cluster;

  private OwnNodes(Path folder, Cluster cluster) {
    this.folder = folder;
    this.cluster = cluster;
  }

  /**
   * Starts a database, a broker and so many nodes on a temporary folder.
   *
   * @param home the folder of the {@code tasklane} script
   * @param size how many
   * @param remark hears what goes on
   */
  public static OwnNodes start(Path home, int size, Consumer<String> remark)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tasklane-bench-");
    return new OwnNodes(folder, Cluster.start(home, folder, size, Optional.empty(), remark));
  }

  /** All of them. */
  public List<ClusterNode> nodes() {
    return cluster.nodes();
  }

  @Override
  public String grpc() {
    return nodes().get(0).grpc();
  }

  @Override
  public Optional<String> database() {
    return Optional.of(cluster.databaseUrl());
  }

  @Override
  public Optional<String> broker() {
    return Optional.empty();
  }

  @Override
  public Stream<ProcessHandle> processes() {
    return cluster.processes();
  }

  @Override
  public void close() {
    cluster.close();
    try {
      new TemporaryTree(folder).delete();
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
