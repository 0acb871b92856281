import { clientProblem, problemFrom } from './problem.ts';

/** Silence after which a line is taken for dead: nobody else tells of one that swallows what is sent into it. */
const silentMs = 30_000;

/** Sends one file as the body of an `upload` endpoint and reports progress from 0 to 1; `fetch` cannot do that for uploads. */
export function upload(path: string, file: File, onProgress: (part: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ filename: file.name, mediaType: file.type || 'application/octet-stream' });
    const cutOff = (): void => {
      reject(clientProblem('client.offline'));
      request.abort();
    };
    let silence = setTimeout(cutOff, silentMs);
    window.addEventListener('offline', cutOff);
    request.open('POST', `/api/v1${path}?${query}`);
    request.setRequestHeader('x-nahbar', '1');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.addEventListener('progress', (event) => {
      clearTimeout(silence);
      silence = setTimeout(cutOff, silentMs);
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    });
    request.addEventListener('error', cutOff);
    request.addEventListener('load', () => {
      const body = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(body);
      else reject(problemFrom(request.status, body));
    });
    request.addEventListener('loadend', () => {
      clearTimeout(silence);
      window.removeEventListener('offline', cutOff);
    });
    request.send(file);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
