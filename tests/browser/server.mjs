// The program itself, serving the real world from a database on a free port of this machine, with everything it could write to in one folder.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

const START_MS = 60000;

async function freePort() {
  const probe = net.createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

export class Server {
  // folder: its working directory, its TMPDIR, its log and its database, made of the workspace world.
  static async start(program, world, folder) {
    const server = new Server();
    mkdirSync(join(folder, "tmp"), { recursive: true });
    server.folder = folder;
    server.log = join(folder, "log");
    const env = { ...process.env, TMPDIR: join(folder, "tmp") }, database = `sqlite:${join(folder, "world.db")}`;
    execFileSync(program, ["init", world, "-w", database], { cwd: folder, env });
    server.origin = `http://127.0.0.1:${await freePort()}`;
    const log = openSync(server.log, "w");
    server.process = spawn(program, ["-w", database, "serve", "--listen", server.origin.slice(7)],
      { cwd: folder, env, stdio: ["ignore", log, log] });
    process.on("exit", () => server.process.kill("SIGKILL"));
    for (const end = Date.now() + START_MS; !server.lines().includes("ready: ");) {
      if (Date.now() > end || server.process.exitCode !== null) throw new Error(`the server never was ready: ${server.lines()}`);
      await new Promise((done) => setTimeout(done, 50));
    }
    return server;
  }

  lines() {
    return readFileSync(this.log, "utf8");
  }

  async stop() {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    return ended;
  }

  // What a browser would get, with the bytes of the body as they went over the wire and as gzip would send them.
  get(path, headers = {}) {
    return new Promise((done, failed) => http.get(this.origin + path, { headers: { "Accept-Encoding": "gzip", ...headers } }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part)).on("error", failed).on("end", () => {
        const sent = Buffer.concat(parts), packed = answer.headers["content-encoding"] === "gzip";
        const body = packed ? gunzipSync(sent) : sent;
        done({ path, status: answer.statusCode, headers: answer.headers, type: answer.headers["content-type"] ?? "", text: body.toString("utf8"),
          wire: sent.length, gzip: packed ? sent.length : gzipSync(body, { level: 6 }).length });
      });
    }).on("error", failed));
  }
}
