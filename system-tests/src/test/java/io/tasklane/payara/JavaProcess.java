package io.tasklane.payara;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A running virtual machine, seen from outside, on Linux.
 *
 * @param pid its process id
 */
public record JavaProcess(long pid) {
  private static final String LISTENS = "0A";
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

  /** Its threads, each with its name and its stack. */
  public List<String> threads() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process dump =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "Thread.print")
            .redirectErrorStream(true)
            .start();
    String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (dump.waitFor() != 0) {
      throw new IOException(text);
    }
    return Stream.of(text.split("\n\n")).filter(part -> part.startsWith("\"")).toList();
  }

  /** The ports it listens on beyond the loopback interface. */
  public Set<Integer> openToOthers() throws IOException {
    return listeners().stream()
        .filter(listener -> !LOOPBACK.contains(listener.address))
        .map(Listener::port)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All ports it listens on. */
  public Set<Integer> ports() throws IOException {
    return listeners().stream().map(Listener::port).collect(Collectors.toCollection(TreeSet::new));
  }

  private record Listener(String address, int port) {}

  private List<Listener> listeners() throws IOException {
    Set<String> own = sockets();
    List<Listener> listeners = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      List<String> lines = Files.readAllLines(Path.of("/proc", "" + pid, "net", table));
      for (String line : lines.subList(1, lines.size())) {
        String[] columns = line.strip().split("\\s+");
        if (columns[3].equals(LISTENS) && own.contains("socket:[" + columns[9] + "]")) {
          String[] place = columns[1].split(":");
          listeners.add(new Listener(place[0], Integer.parseInt(place[1], 16)));
        }
      }
    }
    return listeners;
  }

  private Set<String> sockets() throws IOException {
    Set<String> sockets = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc", "" + pid, "fd"))) {
      for (Path file : files.toList()) {
        if (Files.isSymbolicLink(file)) {
          sockets.add(Files.readSymbolicLink(file).toString());
        }
      }
    }
    return sockets;
  }
}
