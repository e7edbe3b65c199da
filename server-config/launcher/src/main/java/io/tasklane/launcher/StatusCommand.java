package io.tasklane.launcher;

import io.tasklane.launcher.address.Addresses;
import io.tasklane.launcher.folder.DataFolder;
import io.tasklane.launcher.log.JsonText;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code server status}: one line about the server of a data folder, and one about what fails on it
 * and is tried again.
 */
@Command(
    name = "status",
    description =
        "Prints whether a server runs on that folder, what further nodes need to join it,"
            + " and what fails on it and is tried again.",
    exitCodeList = {
      "0:a server runs and is ready",
      "1:none runs, or it is starting or restarting a component",
      "2:usage: the command line cannot be understood"
    })
final class StatusCommand implements Callable<Integer> {
  private static final String HTTP = "http";

  /** How the status is printed. */
  enum Format {
    /** One line of words. */
    TABLE,
    /** One JSON object. */
    JSON
  }

  @Mixin private DataArgument data;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "table|json",
      defaultValue = "table",
      converter = OptionValues.StatusFormat.class,
      description = "Format of the output. Default: ${DEFAULT-VALUE}.")
  private Format format;

  @Mixin private HelpArgument help;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    DataFolder folder = data.folder();
    ServerStatus status = ServerStatus.of(folder);
    Optional<String> faults =
        Optional.ofNullable(status.addresses().get(HTTP)).flatMap(NodeHealth::ongoingFaults);
    String text =
        format == Format.JSON ? json(folder, status, faults) : line(folder, status, faults);
    spec.commandLine().getOut().println(text);
    return status.state() == ServerStatus.State.READY ? 0 : 1;
  }

  private static String line(DataFolder folder, ServerStatus status, Optional<String> faults) {
    if (status.state() == ServerStatus.State.NOT_RUNNING) {
      return "tasklane not running, data=" + folder;
    }
    Map<String, String> fields = new LinkedHashMap<>(status.addresses());
    status
        .living()
        .forEach(
            (component, process) -> fields.put(component + ".pid", Long.toString(process.pid())));
    fields.put("data", folder.toString());
    String line = "tasklane " + status.state() + " " + Addresses.line(fields);
    return faults.map(fault -> line + System.lineSeparator() + fault).orElse(line);
  }

  private static String json(DataFolder folder, ServerStatus status, Optional<String> faults) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("state", JsonText.quoted(status.state().name()));
    status
        .addresses()
        .forEach((name, value) -> values.put(camelCase(name), JsonText.quoted(value)));
    Map<String, String> pids = new LinkedHashMap<>();
    status
        .living()
        .forEach((component, process) -> pids.put(component, Long.toString(process.pid())));
    values.put("pids", object(pids));
    values.put("data", JsonText.quoted(folder.toString()));
    faults.ifPresent(fault -> values.put("ongoingFaults", JsonText.quoted(fault)));
    return object(values);
  }

  private static String object(Map<String, String> values) {
    return values.entrySet().stream()
        .map(field -> JsonText.quoted(field.getKey()) + ":" + field.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    for (String word : name.split("-")) {
      boolean first = camel.isEmpty();
      camel.append(
          first ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }
}
