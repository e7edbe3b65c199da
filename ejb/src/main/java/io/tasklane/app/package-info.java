/** What the edges (gRPC, web) may call; everything else of the application is behind it. */
package io.tasklane.app;
