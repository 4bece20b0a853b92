import { createHash, timingSafeEqual } from "node:crypto";
import type { RequestListener } from "node:http";

/** Rejects every request without the password, whatever the user name (HTTP basic authentication). */
export function behindPassword(password: string, pages: RequestListener): RequestListener {
  const expected = digest(password);
  return (request, response) => {
    // No other page may frame the board to capture clicks.
    response.setHeader("x-frame-options", "DENY").setHeader("cache-control", "no-store");
    const given = passwordIn(request.headers.authorization ?? "");
    if (timingSafeEqual(digest(given), expected)) return pages(request, response);
    response
      .writeHead(401, {
        "content-type": "text/plain; charset=utf-8",
        "www-authenticate": 'Basic realm="Tidewatch", charset="UTF-8"',
        // The request may have a body that nothing reads.
        connection: "close",
      })
      .end("The password is that of BULL_BOARD_PASSWORD.\n");
  };
}

function passwordIn(authorization: string): string {
  const [, encoded = ""] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  const given = Buffer.from(encoded, "base64").toString("utf8");
  return given.slice(given.indexOf(":") + 1);
}

// Digests have equal lengths, so that the duration of a comparison reveals nothing.
const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
