# The image of novita-spot. How to build and run it: deploy/kubernetes/README.md.
# Both images are pinned by the digest of their list for all platforms. Renew tag and digest together.

FROM node:24.21.0-trixie-slim@sha256:173f125896c3b47ddf056734c7ea789d04595a6a08769a8f78e0df642781fb66 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json LICENSE ./
COPY bin ./bin
COPY build ./build
COPY src ./src
# The user of the image owns none of these files, and may read all of them whatever umask the checkout was made with.
RUN npm run build && chmod -R a=rX bin dist package.json LICENSE

# Has node and the libraries that it needs, and no shell, no package manager and no npm.
FROM gcr.io/distroless/nodejs24-debian13:nonroot@sha256:9eeb7f5887d0e239e78264b06f7f11d2e14be534050481803a9e4728fcdd278e
ARG REVISION=unknown
LABEL org.opencontainers.image.title="novita-spot" \
      org.opencontainers.image.description="Brings reclaimed Novita AI GPU spot instances back: one run lists, decides, migrates, reports and exits." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app/bin ./bin
COPY --from=build /app/dist ./dist
COPY --from=build /app/package.json /app/LICENSE ./
# A number, for Kubernetes takes no name's word that it is not root.
USER 65532:65532
# Without a shell, so node is PID 1 and the signals of a stop reach it.
ENTRYPOINT ["/nodejs/bin/node", "--", "/app/bin/novita-spot.js"]
CMD ["--help"]
