package io.tasklane.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/**
 * The value of {@code --broker-url}.
 *
 * @param host a name or an address; IPv6 in brackets
 * @param port from 1 to 65535
 */
record BrokerUrl(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("tcp://([^\\s:/?#@\\[\\]]+|\\[[0-9a-fA-F:.]+]):(\\d{1,5})");

  static final class Converter implements ITypeConverter<BrokerUrl> {
    @Override
    public BrokerUrl convert(String value) {
      Matcher url = FORM.matcher(value);
      if (url.matches()) {
        int port = Integer.parseInt(url.group(2));
        if (port >= 1 && port <= 65535) {
          return new BrokerUrl(url.group(1), port);
        }
      }
      throw OptionValues.refused(value, "tcp://HOST:PORT");
    }
  }
}
