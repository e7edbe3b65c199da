package io.tasklane.launcher.node;

import io.tasklane.launcher.address.Addresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Where the node serves HTTP. Payara listens long before the application is there, and answers with
 * errors until it is.
 *
 * @param port on loopback
 */
record HttpPort(int port) {
  private static final int PATIENCE_MILLIS = 2_000;

  /**
   * Whether the application's page is served. Its first bytes count, not only the status: a Payara
   * whose security could not be set up answers OK with nothing.
   */
  boolean serves() {
    try {
      URI page = URI.create("http://" + Addresses.HOST + ":" + port + "/");
      HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      try (InputStream body = connection.getInputStream()) {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK && body.read() >= 0;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
