# The worker. Node runs the TypeScript sources as they are, so there is no build step.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json ./
COPY src ./src
COPY workers ./workers
# The image's own unprivileged user; nothing below /app is written.
USER node
# Loopback of the container alone, unless HTTP_HOST says otherwise.
ENV HTTP_PORT=9464
# What is read and freed in small pieces by several threads would otherwise be kept, a heap for each thread; and so would
# the megabytes of pictures.
ENV MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=65536
# Alive: the process answers, and all its workers run.
HEALTHCHECK --interval=60s --timeout=5s --start-period=30s --retries=3 \
  CMD node workers/health.ts "http://127.0.0.1:${HTTP_PORT}/healthz"
STOPSIGNAL SIGTERM
CMD ["node", "--min-semi-space-size=4", "--max-semi-space-size=4", "--heap-growing-percent=30", "workers/main.ts"]
